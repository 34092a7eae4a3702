/** What pictures under a heading share. Width of the picture [px]. */
export const WIDTH = 1080;
/** Letters of the heading on one line, and its lines; from the last one to what is below [px]. */
export const MOST_LETTERS = 140;
export const LINE = 17;
export const BELOW_HEADING = 34;
