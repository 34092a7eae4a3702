import type { Instrument } from "../../instrument/instrument.ts";
import { multiply, rotate, rotateInverse, transpose, type Mat3 } from "../../math/rotation.ts";
import { add, addScaled, cross, scale, sub, type Vec3 } from "../../math/vec.ts";
import type { InputImage } from "./input-image.ts";
import type { Sensors } from "./sensors.ts";
import type { ToolSetup } from "./tool-setup.ts";
import type { ToolState } from "./tool-state.ts";

/** Force and torque about a point, base axes [N, Nm]. */
interface Wrench {
  readonly force: Vec3;
  readonly torque: Vec3;
}

/** A force-torque sensor of its own between flange and tool, read through RTDE. */
export interface ExternalSensor {
  readonly massKg: number;
  /** Where it measures, and its centre of mass, in the flange [m]. */
  readonly offset_F_m: Vec3;
  readonly centre_F_m: Vec3;
}

/** Where the parts of the sensor's answer come from. */
export interface ForceTorqueParts {
  readonly instrument: Instrument;
  readonly sensors: Sensors;
  readonly setup: ToolSetup;
  readonly tool: ToolState;
  readonly inputs: InputImage;
  /** Weight of one kilogram in truth, base axes [N/kg]. */
  readonly weightNpkg: Vec3;
}

/**
 * The force-torque sensor at the tool: what it feels beyond the weight of the payload that is set, less what it felt
 * when it was zeroed.
 */
export class ForceTorque {
  /** In use instead of the built-in one. */
  external: ExternalSensor | undefined;
  /** Mass at the payload's centre that is in no model [kg]. */
  hiddenMassKg = 0;
  readonly #parts: ForceTorqueParts;
  /** About the flange, flange axes. */
  #zero: Wrench | undefined;

  constructor(parts: ForceTorqueParts) {
    this.#parts = parts;
  }

  /** Force and torque of the world on the tool, about the TCP that is set, base axes [N, Nm]. */
  get atTool(): number[] {
    const felt = this.external === undefined ? this.#builtIn() : this.#fromRtde(this.external);
    if (this.#zero === undefined) return [...felt.force, ...felt.torque];
    const R_BF = this.#flangeAxes();
    const force = sub(felt.force, rotate(R_BF, this.#zero.force));
    const aboutFlange = sub(this.#aboutFlange(felt).torque, rotate(R_BF, this.#zero.torque));
    return [...force, ...sub(aboutFlange, cross(this.#flangeToTool(), force))];
  }

  /** As the sensor itself tells it, weight of the payload and all: about the flange, flange axes. */
  get raw(): number[] {
    const R_BF = this.#flangeAxes();
    const { force, torque } = this.#aboutFlange(sum(this.#contact(), this.#weightOfPayload()));
    return [...rotateInverse(R_BF, force), ...rotateInverse(R_BF, torque)];
  }

  /** What it feels now is nothing from now on. */
  zero(): void {
    const R_BF = this.#flangeAxes();
    const felt = this.external === undefined ? this.#builtIn() : this.#fromRtde(this.external);
    const { force, torque } = this.#aboutFlange(felt);
    this.#zero = { force: rotateInverse(R_BF, force), torque: rotateInverse(R_BF, torque) };
  }

  #builtIn(): Wrench {
    const { setup, instrument } = this.#parts;
    const contact = this.#contact();
    const known =
      this.hiddenMassKg === 0 &&
      setup.payloadKg === instrument.payload.massKg &&
      setup.payloadCentre_F_m === instrument.payload.centre_F_m &&
      setup.gravityIsTrue;
    return known ? contact : sum(contact, this.#weightOfPayload(), this.#weightThatIsSet());
  }

  /** Of the strings, hands and walls: the body tells it about its own TCP. */
  #contact(): Wrench {
    const { sensors, setup, instrument } = this.#parts;
    const [fx, fy, fz, tx, ty, tz] = sensors.wrench as unknown as readonly [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const force: Vec3 = [fx, fy, fz];
    const torque: Vec3 = [tx, ty, tz];
    if (setup.tcp_F === instrument.tcp_F) return { force, torque };
    const bodyTcp: Vec3 = [instrument.tcp_F[0], instrument.tcp_F[1], instrument.tcp_F[2]];
    const setTcp: Vec3 = [setup.tcp_F[0], setup.tcp_F[1], setup.tcp_F[2]];
    const arm = rotate(this.#flangeAxes(), sub(bodyTcp, setTcp)); // from the TCP that is set to the body's own
    return { force, torque: add(torque, cross(arm, force)) };
  }

  #weightOfPayload(): Wrench {
    const { payload } = this.#parts.instrument;
    return this.#hung(scale(this.#parts.weightNpkg, payload.massKg + this.hiddenMassKg), payload.centre_F_m);
  }

  /** What the controller takes off because it knows of it. */
  #weightThatIsSet(): Wrench {
    const { payloadKg, payloadCentre_F_m, gravityMps2 } = this.#parts.setup;
    return this.#hung(scale(gravityMps2, payloadKg), payloadCentre_F_m);
  }

  #fromRtde({ massKg, offset_F_m, centre_F_m }: ExternalSensor): Wrench {
    const R_BF = this.#flangeAxes();
    const told6 = this.#parts.inputs.values["external_force_torque"] as Float64Array;
    const [fx, fy, fz, tx, ty, tz] = told6;
    const force = rotate(R_BF, [fx!, fy!, fz!]);
    const arm = sub(rotate(R_BF, offset_F_m), this.#flangeToTool());
    const told = { force, torque: add(rotate(R_BF, [tx!, ty!, tz!]), cross(arm, force)) };
    return massKg === 0
      ? told
      : sum(told, this.#hung(scale(this.#parts.setup.gravityMps2, massKg), centre_F_m));
  }

  #hung(force: Vec3, centre_F_m: Vec3): Wrench {
    const arm = sub(rotate(this.#flangeAxes(), centre_F_m), this.#flangeToTool());
    return { force, torque: cross(arm, force) };
  }

  #aboutFlange({ force, torque }: Wrench): Wrench {
    return { force, torque: add(torque, cross(this.#flangeToTool(), force)) };
  }

  #flangeAxes(): Mat3 {
    const { tool, setup } = this.#parts;
    return multiply(tool.X_BT.R, transpose(setup.X_FT.R));
  }

  #flangeToTool(): Vec3 {
    return rotate(this.#flangeAxes(), this.#parts.setup.X_FT.p_m);
  }
}

const sum = (...wrenches: readonly Wrench[]): Wrench =>
  wrenches.reduce((a, b) => ({ force: add(a.force, b.force), torque: addScaled(a.torque, b.torque, 1) }));
