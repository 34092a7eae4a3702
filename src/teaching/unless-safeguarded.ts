import type { RobotControl } from "ur-rtde-ts";
import { CellistError } from "../errors.ts";

/**
 * Waits for what moves the arm, and gives it up when a safeguard holds the arm: that only pauses the program, and the arm would go on
 * as soon as the safeguard is cleared, when nobody may expect it. Whoever asked closes the stream or the control, which ends the program.
 *
 * @throws CellistError `robot-stopped`; and what the work throws
 */
export async function unlessSafeguarded<T>(
  { control, name }: { readonly control: RobotControl; readonly name: string },
  work: Promise<T>,
): Promise<T> {
  work.catch(() => undefined); // told by the race, or it is the safeguard's doing
  let forget = (): void => undefined;
  const safeguard = new Promise<never>((_, reject) => {
    forget = control.onCondition(({ name: condition, text }) => {
      if (condition !== "safeguard-stop") return;
      const stands = "The arm stands on its way and does not go on when it is cleared; start again then.";
      reject(new CellistError("robot-stopped", `${name}: ${text} ${stands}`));
    });
  });
  return Promise.race([work, safeguard]).finally(forget);
}
