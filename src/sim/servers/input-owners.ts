/** Which client may write which RTDE input. One client may own an input through many recipes. */
export class InputOwners<Client> {
  readonly #owners = new Map<string, Client>();

  /** Whether another client owns it. */
  isTaken(name: string, by: Client): boolean {
    const owner = this.#owners.get(name);
    return owner !== undefined && owner !== by;
  }

  take(names: readonly string[], client: Client): void {
    for (const name of names) this.#owners.set(name, client);
  }

  /** The client has gone; its values stay. */
  release(client: Client): void {
    for (const [name, owner] of this.#owners) if (owner === client) this.#owners.delete(name);
  }
}
