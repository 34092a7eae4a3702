/** What is at the flange, set by a program at its start; what is left out stays as it is on the controller. */
export interface ToolSettings {
  /** Tool centre point in the flange [m, rotation vector in rad]. */
  readonly tcp_F?: ArrayLike<number> | undefined;
  readonly payload?: Payload | undefined;
}

/** What the arm carries. */
export interface Payload {
  /** [kg] */
  readonly massKg: number;
  /** Centre of gravity in the flange [m]. */
  readonly centre_F_m: ArrayLike<number>;
}

/** The lines of URScript that set it, indented by two. */
export function toolLines({ tcp_F, payload }: ToolSettings): string {
  const list = (values: ArrayLike<number>): string => Array.from(values).join(", ");
  const tcp = tcp_F === undefined ? "" : `  set_tcp(p[${list(tcp_F)}])\n`;
  if (payload === undefined) return tcp;
  return `${tcp}  set_payload(${payload.massKg}, [${list(payload.centre_F_m)}])\n`;
}
