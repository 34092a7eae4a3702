/**
 * Tells, call by call, whether it is one of the first `most` in this turn of the event loop. More than that are a backlog:
 * whoever is called cannot keep up, and what is late by now had better be left out.
 */
export function amongFirst(most: number): () => boolean {
  let inTurn = 0;
  return () => {
    if (inTurn++ === 0) setImmediate(() => (inTurn = 0));
    return inTurn <= most;
  };
}
