import { scoreMessage } from "../src/bag/score-message.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import { scaleTempo } from "../src/score/scale-tempo.ts";
import type { Score } from "../src/score/score.ts";
import { loadPiece } from "../src/shelf/load-piece.ts";

/** A piece → /score. */
export const node = defineNode({
  name: "score",
  does: "reads a piece and its markings",
  parameters: {
    piece: { type: "string", default: "twinkle", what: "a shipped piece or a MIDI file", readOnly: true },
    tempo: {
      type: "double",
      default: 1,
      min: 0.1,
      max: 4,
      what: "share of the written tempo [-]",
      readOnly: true,
    },
    part: {
      type: "string",
      default: "",
      what: "track or channel to play, by number or name; empty: the only one",
      readOnly: true,
    },
    voice: {
      type: "string",
      default: "",
      choices: ["", "top", "bottom"],
      what: "voice of a polyphonic part",
      readOnly: true,
    },
    transpose: {
      type: "integer",
      default: 0,
      min: -60,
      max: 60,
      what: "moves every note [semitones]",
      readOnly: true,
    },
    clef: {
      type: "string",
      default: "bass",
      choices: ["bass", "tenor"],
      what: "clef the file was entered in",
      readOnly: true,
    },
  },
  publishes: ["score"],
  make({ node }) {
    const publisher = node.publisher("score");
    let score: Score;
    return {
      async configure() {
        const { piece, tempo, part, voice, transpose, clef } = node.parameters.all();
        const read = await loadPiece(piece, {
          transpose,
          clef: clef as "bass" | "tenor",
          ...(part !== "" && { part }),
          ...(voice !== "" && { voice: voice as "top" | "bottom" }),
        });
        score = scaleTempo(read.score, tempo);
      },
      activate: () => publisher.publish(scoreMessage(score, node.clock.nowNs())),
    };
  },
});
