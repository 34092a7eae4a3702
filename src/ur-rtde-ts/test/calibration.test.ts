import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it, onTestFinished } from "vitest";
import { isSameArm } from "../src/calibration/kinematics-parameters.ts";
import { kinematicsOfFile, polyscopeKinematics } from "../src/calibration/polyscope-file.ts";
import { xmlElements } from "../src/calibration/xml-elements.ts";

const theta = [-1e-7, -1.25, 1.06, 0.19, 1.5e-6, 5.8e-7];
const kinematics = (name = "kinematics", offset = 0) => `
  <${name} status="LINEARIZED" validChecksum="true">
    <deltaTheta value="${theta.map((t) => t + offset).join(", ")}"/>
    <a value="1.5E-4, -0.137, -0.3855, -2.0E-5, 9.2E-5, 0.0"/>
    <d value="0.1624, 211.79, -230.58, 18.92, 0.0998, 0.0995"/>
    <alpha value="1.5695, -0.0019, 0.0039, 1.5701, -1.5702, 0.0"/>
    <jointChecksum value="-1, 2, -1858852621, 4, 5, 6"/>
  </${name}>`;
const program = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>
<URProgram name="cello" createdInPolyscopeVersion='5.12.2 > 5.11'>${inner}
  <children><Waypoint>${kinematics("Kinematics", 1)}</Waypoint></children>
</URProgram>`;

function fileOf(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "ur-rtde-ts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "cello.urp"), bytes);
  return join(folder, "cello.urp");
}

it("reads the arm's kinematics from a program, and not those of a waypoint", async () => {
  const read = await kinematicsOfFile(fileOf(gzipSync(program(kinematics()))));
  expect(read).toEqual({
    ...{ status: "LINEARIZED", isCalibrated: true },
    thetaOffset_rad: theta,
    a_m: [1.5e-4, -0.137, -0.3855, -2e-5, 9.2e-5, 0],
    d_m: [0.1624, 211.79, -230.58, 18.92, 0.0998, 0.0995],
    alpha_rad: [1.5695, -0.0019, 0.0039, 1.5701, -1.5702, 0],
    checksums: [0xffff_ffff, 2, 2_436_114_675, 4, 5, 6], // 2^32 − 1858852621
  });
});

it("reads XML that is not packed, and says of an arm that was never calibrated that it is not", async () => {
  const nominal = kinematics().replace("LINEARIZED", "NOT_INITIALIZED");
  const read = await polyscopeKinematics(Buffer.from(`<Installation><x/>${nominal}</Installation>`));
  expect(read).toMatchObject({ status: "NOT_INITIALIZED", isCalibrated: false });
});

it("does not take a comment, or a script that a program carries, for its kinematics", async () => {
  const decoys = `<!-- ${kinematics("kinematics", 5)} --><Script><![CDATA[${kinematics("kinematics", 6)}]]></Script>`;
  const read = await polyscopeKinematics(Buffer.from(program(`${decoys}${kinematics()}`)));
  expect(read.thetaOffset_rad).toEqual(theta);
});

it("tells what is wrong with a file, and which", async () => {
  const of = (text: string) => polyscopeKinematics(Buffer.from(text), "cello.urp");
  await expect(kinematicsOfFile("/no/such.urp")).rejects.toMatchObject({ code: "UNREADABLE" });
  await expect(of("def cello():")).rejects.toMatchObject({
    code: "NOT_POLYSCOPE",
    message: "cello.urp is not a file of PolyScope 5: neither gzip nor XML.",
  });
  const cut = gzipSync(program(kinematics())).subarray(0, 100);
  await expect(polyscopeKinematics(cut)).rejects.toMatchObject({ code: "NOT_POLYSCOPE" });
  await expect(of("<URProgram/>")).rejects.toMatchObject({ code: "NO_KINEMATICS" });
  await expect(of(program("<kinematics><a value='1,2,3,4,5,6'/></kinematics>"))).rejects.toThrow(
    "The kinematics in cello.urp lack deltaTheta, d, alpha, jointChecksum.",
  );
  await expect(of(program(kinematics().replace("0.0039", "often")))).rejects.toThrow(
    'alpha of the kinematics in cello.urp is "1.5695, -0.0019, often, 1.5701, -1.5702, 0.0"; it must be six numbers.',
  );
});

it("does not unpack a small file into a huge one", async () => {
  const bomb = gzipSync(Buffer.alloc(65 << 20, 0x20));
  await expect(polyscopeKinematics(bomb)).rejects.toMatchObject({ code: "NOT_POLYSCOPE" });
});

it("reads elements with either quotes and escaped letters", () => {
  expect([...xmlElements(`<a b='1' c="&lt;2&gt;"/><d></d>`)]).toEqual([
    { name: "a", attributes: { b: "1", c: "<2>" } },
    { name: "d", attributes: {} },
  ]);
});

it("reads a large text that never ends its comments and values in a time that grows with its length only", () => {
  for (const piece of ["<!--", '<a b="', "<![CDATA[", "<a ", "<?", "</", "<"]) {
    const text = piece.repeat(2_000_000 / piece.length);
    expect([...xmlElements(text)], piece).toEqual([]);
  }
});

it("knows an arm again by its checksums, or by its numbers where there are none", async () => {
  const arm = await polyscopeKinematics(Buffer.from(program(kinematics())));
  const other = await polyscopeKinematics(Buffer.from(program(kinematics("kinematics", 0.01))));
  expect(isSameArm(arm, { ...arm })).toBe(true);
  expect(isSameArm(arm, { ...arm, checksums: [1, 2, 3, 4, 5, 6] })).toBe(false);
  const none = [0, 0, 0, 0, 0, 0];
  expect(isSameArm({ ...arm, checksums: none }, arm)).toBe(true);
  expect(isSameArm({ ...arm, checksums: none }, other)).toBe(false);
});
