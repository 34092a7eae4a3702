import type { RobotControl } from "ur-rtde-ts";

/** Lets so many states of the robot come: its time, not ours. @param each is shown every one of them, with its number from 0 */
export const nextStates = (
  control: RobotControl,
  count: number,
  each: (state: RobotControl["state"], number: number) => void = () => undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    let number = 0;
    const ended = control.onClosed((reason) => reject(reason ?? new Error("the connection was closed")));
    const stop = control.onState((state) => {
      each(state, number);
      if (++number < count) return;
      stop();
      ended();
      resolve();
    });
  });
