import { scoreMessage } from "../src/bag/score-message.ts";
import { defineNode } from "../src/ros/node/node-definition.ts";
import type { Score } from "../src/score/score.ts";
import { arrangedPiece, type LeftHand } from "../src/shelf/arranged-piece.ts";

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
      what: "clef a MIDI file was entered in",
      readOnly: true,
    },
    left_hand: {
      type: "string",
      default: "virtual",
      choices: ["virtual", "human", "open"],
      what: "who stops the strings",
      readOnly: true,
    },
    locks: { type: "string", default: "", what: "file of what is fixed for single notes", readOnly: true },
    express: { type: "string", default: "", what: "rules of expression; empty: none", readOnly: true },
  },
  publishes: ["score"],
  make({ node }) {
    const publisher = node.publisher("score");
    let score: Score;
    return {
      async configure() {
        const { piece, tempo, part, voice, transpose, clef, left_hand, locks, express } =
          node.parameters.all();
        const reading = {
          transpose,
          clef: clef as "bass" | "tenor",
          ...(part !== "" && { part }),
          ...(voice !== "" && { voice: voice as "top" | "bottom" }),
        };
        const arrangement = { leftHand: left_hand as LeftHand, locks, express, tempo };
        ({ score } = await arrangedPiece(piece, reading, arrangement));
      },
      activate: () => publisher.publish(scoreMessage(score, node.clock.nowNs())),
    };
  },
});
