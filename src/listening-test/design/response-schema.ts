import { z } from "zod";
import { CONFIDENCE_STEPS, RATING_STEPS, type Method, type Response } from "./method.ts";

const confidence = z.int().min(1).max(CONFIDENCE_STEPS);
const scale = z.int().min(1).max(RATING_STEPS);

const SCHEMAS = {
  "yes-no": z.strictObject({ method: z.literal("yes-no"), says: z.enum(["human", "robot"]), confidence }),
  pair: z.strictObject({ method: z.literal("pair"), choice: z.literal([1, 2]), confidence }),
  rating: z.strictObject({
    method: z.literal("rating"),
    scales: z.strictObject({ humanlike: scale, expressive: scale, tone: scale, timing: scale }),
  }),
  preference: z.strictObject({ method: z.literal("preference"), choice: z.literal([0, 1, 2]) }),
  mushra: z.strictObject({
    method: z.literal("mushra"),
    scores: z.array(z.number().min(0).max(100)).min(1).max(12),
  }),
} satisfies Record<Method, z.ZodType<Response>>;

/** What a listener sent, if it is an answer to a question of this method with so many slots. */
export function readResponse(method: Method, slots: number, sent: unknown): Response | undefined {
  const read = SCHEMAS[method].safeParse(sent);
  if (!read.success) return undefined;
  const response: Response = read.data;
  if (response.method === "mushra" && response.scores.length !== slots - 1) return undefined;
  return response;
}
