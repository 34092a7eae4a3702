import { z } from "zod";

/** Coarse answers only, so that nobody is known by them; each may be left out. */
export const BACKGROUND = z.strictObject({
  age: z.enum(["18-29", "30-44", "45-59", "60+"]).optional(),
  training: z.enum(["0", "1-3", "4-9", "10+"]).optional(),
  strings: z.boolean().optional(),
  heard: z.boolean().optional(),
  hearing: z.boolean().optional(),
});
export type Background = z.infer<typeof BACKGROUND>;
