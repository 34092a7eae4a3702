import { expect, it } from "vitest";
import { RecordingHost, said, saidBy } from "./recording-host.ts";

it("writes values as the script manual shows", () => {
  expect(saidBy("textmsg(to_str(10))")).toEqual(["10"]);
  expect(saidBy("textmsg(to_str(2.123456123456))")).toEqual(["2.123456"]);
  expect(saidBy("textmsg(to_str(p[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))")).toEqual(["p[1, 2, 3, 4, 5, 6]"]);
  expect(saidBy("textmsg(str_cat([True, False, True], [1, 0, 1]))")).toEqual([
    "[True, False, True][1, 0, 1]",
  ]);
  expect(saidBy('textmsg("value=", 3)')).toEqual(["value=3"]);
});

it("cuts and searches strings as the script manual shows", () => {
  const cases: [string, string][] = [
    ['str_at("Hello", 1)', "e"],
    ['str_find("Hello World!", "o", 5)', "7"],
    ['str_find("abc", "z")', "-1"],
    ['str_len("Hello")', "5"],
    ['str_sub("0123456789abcdefghij", 5, 3)', "567"],
    ['str_sub("0123456789abcdefghij", 10)', "abcdefghij"],
    ['str_sub("abcde", 2, 50)', "cde"],
    ['str_empty("")', "True"],
    ['to_num("-3.0e5")', "-300000"],
    ['to_num("0xb5")', "181"],
  ];
  for (const [call, result] of cases) expect(saidBy(`textmsg(${call})`)).toEqual([result]);
  expect(saidBy('textmsg(str_sub("abcde", -5, 50))')).toEqual(["2:9 Index -5 is out of bounds"]);
  expect(saidBy('textmsg(to_num("123abc"))')).toEqual(['2:9 to_num: "123abc" is not a number']);
});

it("knows the functions of mathematics", () => {
  expect(
    saidBy("textmsg(norm([3, 4]))\ntextmsg(norm(-2))\ntextmsg(floor(-0.5))\ntextmsg(ceil(1.2))"),
  ).toEqual(["5", "2", "-1", "2"]);
  expect(
    saidBy("textmsg(pow(2, 10))\ntextmsg(log(10, 1000))\ntextmsg(d2r(180))\ntextmsg(r2d(d2r(90)))"),
  ).toEqual(["1024", "3", "3.141593", "90"]);
  expect(saidBy("textmsg(atan2(1, 0))\ntextmsg(sqrt(2))")).toEqual(["1.570796", "1.414214"]);
  expect(saidBy("textmsg(binary_list_to_integer([True, False, True]))")).toEqual(["5"]);
  expect(saidBy("textmsg(binary_list_to_integer(integer_to_binary_list(-77)))")).toEqual(["-77"]);
});

it("chains, inverts and interpolates poses", () => {
  // a quarter turn about z puts the second pose's x along y
  const quarter = "p[1, 0, 0, 0, 0, d2r(90)]";
  expect(saidBy(`textmsg(pose_trans(${quarter}, p[2, 0, 0, 0, 0, 0]))`)).toEqual([
    "p[1, 2, 0, 0, 0, 1.570796]",
  ]);
  expect(
    saidBy(`textmsg(pose_dist(pose_trans(${quarter}, pose_inv(${quarter})), p[0,0,0,0,0,0]) < 0.000001)`),
  ).toEqual(["True"]);
  expect(saidBy(`textmsg(pose_add(p[1, 1, 1, 0, 0, 0], ${quarter}))`)).toEqual([
    "p[2, 1, 1, 0, 0, 1.570796]",
  ]);
  expect(saidBy(`textmsg(pose_sub(${quarter}, p[1, 1, 1, 0, 0, 0]))`)).toEqual([
    "p[0, -1, -1, 0, 0, 1.570796]",
  ]);
  expect(saidBy(`textmsg(interpolate_pose(p[0,0,0,0,0,0], ${quarter}, 0.5))`)).toEqual([
    "p[0.5, 0, 0, 0, 0, 0.785398]",
  ]);
  // Rz(90°)·Rx(90°) turns 120° about (1, 1, 1): 2π/3/√3 = 1.2092 on each axis
  const turnX = "p[0, 0, 0, d2r(90), 0, 0]";
  expect(saidBy(`textmsg(pose_add(${quarter}, ${turnX}))`)).toEqual(["p[1, 0, 0, 1.2092, 1.2092, 1.2092]"]);
  expect(saidBy(`textmsg(pose_add(pose_sub(${quarter}, ${turnX}), ${turnX}))`)).toEqual([
    "p[1, 0, 0, 0, 0, 1.570796]",
  ]);
  expect(saidBy("textmsg(point_dist(p[0,0,0,1,0,0], p[3,4,0,0,0,0]))")).toEqual(["5"]);
  expect(saidBy("textmsg(rotvec2rpy(rpy2rotvec([0.1, 0.2, 0.3])))")).toEqual(["[0.1, 0.2, 0.3]"]);
});

it("makes, grows and shortens lists", () => {
  const body = `
  l = make_list(3, 0, 10)
  l[1] = 5
  l.append(7)
  l.insert(0, 1)
  l.remove(1)
  l.extend([8, 9])
  textmsg(l, l.pop())
  textmsg(length(l), get_list_length(l.slice(1, 3)))`;
  expect(saidBy(body)).toEqual(["[1, 5, 0, 7, 8, 9]9", "52"]);
});

it("lets a list grow to its capacity and no further; copies have the room of the original", () => {
  const body = `
  l = make_list(2, 0, 3)
  l.append(7)
  m = l
  m.pop()
  m.append(8)
  textmsg(l, m)
  textmsg(m.capacity(), [1, 2].capacity())
  fixed = [1, 2]
  fixed.pop()
  fixed.append(5)
  textmsg(fixed)
  fixed.append(6)`;
  expect(saidBy(body)).toEqual([
    "[0, 0, 7][0, 0, 8]",
    "32",
    "[1, 5]",
    "14:9 List is full: its capacity is 2; make_list(length, value, capacity) makes room",
  ]);
});

it("moves a wrench to another frame: same force, other axes, torque about the new origin", () => {
  // 0.5 m along x: 10 N along y has −5 Nm about z there; a quarter turn about z then shows y as x.
  expect(saidBy("textmsg(wrench_trans(p[0.5, 0, 0, 0, 0, d2r(90)], [0, 10, 0, 0, 0, 0]))")).toEqual([
    "[10, 0, 0, 0, 0, -5]",
  ]);
});

it("reads and writes the registers of RTDE", () => {
  const host = new RecordingHost();
  host.registers.inputIntegers[24] = 42;
  host.registers.inputFloats[47] = 0.25;
  host.registers.inputBits.add(64);
  const text = `
  write_output_integer_register(0, read_input_integer_register(24) + 1)
  write_output_float_register(1, read_input_float_register(47) * 2)
  write_output_boolean_register(65, read_input_boolean_register(64))
  textmsg(read_output_integer_register(0), read_output_float_register(1))`;
  expect(said(text, host)).toEqual(["430.5"]);
  expect(host.registers.outputBits.has(65)).toBe(true);
  expect(said("write_output_integer_register(48, 1)")).toEqual(["1:1 Register 48 is not 0 to 47"]);
  expect(said("write_output_integer_register(1, 0.5)")).toEqual([
    "1:1 Type error: value must be a whole number, not a number",
  ]);
});

it("draws the same random numbers for the same seed", () => {
  const text = "textmsg(random())\ntextmsg(random())";
  expect(said(text)).toEqual(said(text));
});
