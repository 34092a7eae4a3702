import type { Command } from "commander";
import { addSessionClosing } from "./session-close.ts";
import { addSessionNew } from "./session-new.ts";
import { addSessionPlan } from "./session-plan.ts";
import { addSessionServe } from "./session-serve.ts";
import { addSessionStimuli } from "./session-stimuli.ts";
import { addSessionRecord } from "./session-record.ts";
import { addSessionTakes } from "./session-takes.ts";

const HELP = `
A session is a folder: the protocol (session.yaml), takes, stimuli, answers, report. In order:
  cellist session new my-study                 a worked example to begin from
  cellist session record my-study --all        every take that a machine can make
  cellist session status my-study              what is there and what is missing
  cellist session stimuli my-study             cut, even out, blind; prints the escrow code, once
  cellist session plan my-study --lock         power, sample size, pre-registration
  cellist session serve my-study               the test, on this machine or the network
  cellist session freeze my-study              no more answers
  cellist session report my-study --escrow-code XXXX-XXXX-XXXX
docs/listening-test.md goes through all of it.
`;

/** `cellist session …`: the Musical Turing Test from the first take to the report. */
export function addSessionCommand(program: Command): void {
  const session = program
    .command("session")
    .summary("record takes and run a listening test")
    .description("Record robot and human takes under one protocol, let listeners judge them blind, report.")
    .addHelpText("after", HELP);
  addSessionNew(session);
  addSessionRecord(session);
  addSessionTakes(session);
  addSessionStimuli(session);
  addSessionPlan(session);
  addSessionServe(session);
  addSessionClosing(session);
}
