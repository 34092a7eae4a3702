"""mcap and rosbags: bags of ours in their readers, bags of theirs in ours."""

import csv
import io
import json
import os
import random
import subprocess
from pathlib import Path

import lz4.frame
import numpy
import zstandard
from mcap.reader import make_reader
from mcap.writer import CompressionType, IndexType, Writer
from mcap_ros2.decoder import DecoderFactory
from rosbags.highlevel import AnyReader
from rosbags.rosbag2 import StoragePlugin, Writer as RosbagsWriter
from rosbags.rosbag2.enums import CompressionFormat, CompressionMode
from rosbags.typesys import Stores, get_typestore

from checks import check, main

LZ4_COMPRESS = lz4.frame.compress
CELLIST = json.loads(os.environ["CELLIST_COMMAND"])
WORK = Path.cwd() / "bags"
WORK.mkdir(exist_ok=True)
MS = 1_000_000


def cellist(*args):
    """Runs a command of ours. Returns what it printed; fails with what it says."""
    done = subprocess.run([*CELLIST, *map(str, args)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"cellist {' '.join(map(str, args))}: {done.stderr.strip()}"
    return done.stdout


def decoded(path):
    """Every message of an MCAP file by the reader of MCAP's authors, checksums checked."""
    with open(path, "rb") as stream:
        reader = make_reader(stream, validate_crcs=True, decoder_factories=[DecoderFactory()])
        assert reader.get_header().profile == "ros2", reader.get_header().profile
        yield from reader.iter_decoded_messages()


def expect_whole(path):
    """Decodes all, times going on, joint states 2 ms apart. Returns how many messages there were."""
    last, states, topics, count = -1, [], set(), 0
    for _, channel, message, _ in decoded(path):
        assert message.log_time >= last, f"time goes back to {message.log_time} on {channel.topic}"
        last = message.log_time
        count += 1
        topics.add(channel.topic)
        if channel.topic == "/joint_states":
            states.append(message.log_time)
    gaps = {b - a for a, b in zip(states, states[1:])}
    assert gaps == {2 * MS}, f"joint states are {sorted(gaps)} ns apart"
    for topic in ("/score", "/bow_plan", "/joint_trajectory", "/bow_state", "/note_events", "/rosout"):
        assert topic in topics, f"{topic} is missing"
    return f"{count} messages on {len(topics)} topics, {len(states)} joint states 2 ms apart"


PERFORMANCE = WORK / "performance"


@check("mcap: every message of a performance decodes, in order, 500 Hz without a gap", 600)
def _(_host):
    cellist("perform", "twinkle", "--as-fast-as-possible", "--out", PERFORMANCE)
    return expect_whole(PERFORMANCE / "performance.mcap")


@check("mcap: the index leads to the same messages as reading from the beginning", 120)
def _(_host):
    path = PERFORMANCE / "performance.mcap"
    with open(path, "rb") as stream:
        summary = make_reader(stream).get_summary()
        counts = dict(summary.statistics.channel_message_counts)
        assert len(summary.chunk_indexes) == summary.statistics.chunk_count
    found = {}
    for _, channel, _, _ in decoded(path):
        found[channel.id] = found.get(channel.id, 0) + 1
    assert {k: v for k, v in counts.items() if v} == found, "statistics and messages differ"
    with open(path, "rb") as stream:
        start = summary.statistics.message_start_time + 3_000 * MS
        part = list(make_reader(stream).iter_messages(["/joint_states"], start, start + 1_000 * MS))
        assert len(part) == 500, f"a second holds {len(part)} joint states"
    return f"{summary.statistics.chunk_count} chunks"


@check("mcap: a converted bag, compressed with zstd", 120)
def _(_host):
    smaller = WORK / "smaller.mcap"
    cellist("bag", "convert", PERFORMANCE / "performance.mcap", smaller, "--compression", "zstd")
    return expect_whole(smaller)


@check("rosbags: every message of our folder decodes by the definitions in it", 300)
def _(_host):
    folder = WORK / "folder"
    cellist("bag", "convert", PERFORMANCE / "performance.mcap", folder, "--to", "folder")
    count, last, states = 0, -1, []
    with AnyReader([folder], default_typestore=get_typestore(Stores.EMPTY)) as reader:
        assert reader.message_count > 0
        for connection, time_ns, raw in reader.messages():
            message = reader.deserialize(raw, connection.msgtype)
            assert time_ns >= last
            last = time_ns
            count += 1
            if connection.topic == "/joint_states":
                states.append(message.header.stamp.sec * 10**9 + message.header.stamp.nanosec)
        assert count == reader.message_count, f"{count} of {reader.message_count} messages"
    assert {b - a for a, b in zip(states, states[1:])} == {2 * MS}
    return f"{count} messages"


@check("rosbags: the same bytes in a folder as in the file", 120)
def _(_host):
    ours = {}
    with open(PERFORMANCE / "performance.mcap", "rb") as stream:
        for _, channel, message in make_reader(stream).iter_messages():
            ours.setdefault(channel.topic, []).append((message.log_time, bytes(message.data)))
    theirs = {}
    with AnyReader([WORK / "folder"], default_typestore=get_typestore(Stores.EMPTY)) as reader:
        for connection, time_ns, raw in reader.messages():
            theirs.setdefault(connection.topic, []).append((time_ns, bytes(raw)))
    assert ours == theirs


# What others write, read by us: the same topics, times and contents come out.

TYPES = {"/chat": "std_msgs/msg/String", "/joint_states": "sensor_msgs/msg/JointState"}


def cdr_of(store, topic, content):
    """A message as bytes, by rosbags."""
    types = store.types
    if topic == "/chat":
        value = types[TYPES[topic]](data=content)
    else:
        stamp = types["builtin_interfaces/msg/Time"](sec=0, nanosec=0)
        header = types["std_msgs/msg/Header"](stamp=stamp, frame_id="")
        empty = numpy.zeros(0)
        position = numpy.array(content[1])
        value = types[TYPES[topic]](header=header, name=content[0], position=position, velocity=empty, effort=empty)
    return bytes(store.serialize_cdr(value, TYPES[topic]))


def as_ours_says(paths):
    """Of each bag the (topic, log time, content) of every message as our reader has them, and its remarks."""
    command = [*json.loads(os.environ["CELLIST_TELL"]), *map(str, paths)]
    done = subprocess.run(command, cwd=os.environ["CELLIST_ROOT"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr.strip()[-300:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(paths)
    return [([(topic, int(time_ns), content) for topic, time_ns, content in t["messages"]], t["remarks"]) for t in told]


def sample(count=200, seed=1):
    """Messages of two topics, some out of order."""
    draw = random.Random(seed)
    for k in range(count):
        time_ns = 10**18 + k * MS + (-3 * MS if draw.random() < 0.2 else 0)
        if draw.random() < 0.4:
            yield "/chat", time_ns, f"message {k} \u266a"
        else:
            yield "/joint_states", time_ns, [["elbow"], [draw.random()]]


def write_mcap(path, count=200, **options):
    store = get_typestore(Stores.ROS2_JAZZY)
    with open(path, "wb") as stream:
        writer = Writer(stream, **options)
        writer.start(profile="ros2", library="another")
        channels = {}
        for topic, kind in TYPES.items():
            text = store.generate_msgdef(kind)[0].encode()
            channels[topic] = writer.register_channel(topic, "cdr", writer.register_schema(kind, "ros2msg", text))
        for k, (topic, time_ns, content) in enumerate(sample(count)):
            writer.add_message(channels[topic], time_ns, cdr_of(store, topic, content), time_ns, k)
            if k == 50:
                writer.add_attachment(5, 5, "a.txt", "text/plain", b"attached")
            if k == 100:
                writer.add_metadata("m", {"a": "b"})
        writer.finish()


def wanted(count=200):
    """The sample in order of time; of one time, in the order in which it was written."""
    return [m for _, m in sorted(enumerate(sample(count)), key=lambda pair: (pair[1][1], pair[0]))]


WANTED = wanted()
MANY = 2000  # so many are more than a block of LZ4 holds


@check("MCAP of Python's writer: chunked or not, each compression, with and without indexes, CRCs and repeated channels", 900)
def _(_host):
    paths = []
    for chunked in (True, False):
        for compression in CompressionType if chunked else (CompressionType.NONE,):
            for index in (IndexType.ALL, IndexType.NONE, IndexType.MESSAGE, IndexType.CHUNK):
                for rest in (True, False):
                    paths.append(WORK / f"theirs-{chunked}-{compression.name}-{index.name or index.value}-{rest}.mcap")
                    write_mcap(
                        paths[-1],
                        use_chunking=chunked,
                        compression=compression,
                        index_types=index,
                        chunk_size=2000,
                        repeat_channels=rest,
                        repeat_schemas=rest,
                        use_statistics=rest,
                        use_summary_offsets=rest,
                        enable_crcs=rest,
                        enable_data_crcs=rest,
                    )
    for path, (found, remarks) in zip(paths, as_ours_says(paths)):
        assert found == WANTED, f"{path.name}: {remarks}"
    return f"{len(paths)} kinds"


@check("MCAP cut off anywhere: what is whole comes out, and it is said that the end is missing", 300)
def _(_host):
    write_mcap(WORK / "cut.mcap", use_chunking=True, compression=CompressionType.LZ4, chunk_size=1000)
    whole = (WORK / "cut.mcap").read_bytes()
    draw = random.Random(3)
    paths = [WORK / f"cut-{k}.mcap" for k in range(20)]
    for path in paths:
        path.write_bytes(whole[: draw.randrange(1000, len(whole) - 8)])
    for found, remarks in as_ours_says(paths):
        assert remarks[0] == "its end is missing", remarks
        assert all(message in WANTED for message in found)


@check("chunks of LZ4 with every kind of frame, and of zstd frames that do not say their size", 300)
def _(_host):
    def lz4_frames():
        for linked in (True, False):
            for checksum in (True, False):
                for size in (lz4.frame.BLOCKSIZE_MAX64KB, lz4.frame.BLOCKSIZE_MAX4MB):
                    for level in (0, 9):
                        yield "lz4", lambda data, a=(linked, checksum, size, level): LZ4_COMPRESS(
                            data,
                            block_linked=a[0],
                            content_checksum=a[1],
                            block_checksum=a[1],
                            block_size=a[2],
                            compression_level=a[3],
                            store_size=a[1],
                        )

    def zstd_frames():
        for level in (1, 3, 19):
            for checksum in (True, False):

                def compress(data, level=level, checksum=checksum):
                    stream = zstandard.ZstdCompressor(level=level, write_checksum=checksum).compressobj()
                    half = len(data) // 2
                    return stream.compress(data[:half]) + stream.compress(data[half:]) + stream.flush()

                yield "zstd", compress

    paths = []
    for name, compress in [*lz4_frames(), *zstd_frames()]:
        paths.append(WORK / f"frames-{len(paths)}.mcap")
        replace_compression(paths[-1], "lz4" if name == "lz4" else "zstandard", compress)
    for k, (found, remarks) in enumerate(as_ours_says(paths)):
        assert found == wanted(MANY), f"the {k}th kind: {remarks}"
    return f"{len(paths)} kinds of frames"


def replace_compression(path, module, compress):
    """Writes a bag whose chunks are compressed in a way of our own."""
    import mcap.writer as theirs

    if module == "lz4":
        before, theirs.lz4.frame.compress = theirs.lz4.frame.compress, compress
        try:
            write_mcap(path, compression=CompressionType.LZ4, chunk_size=10**7, count=MANY)
        finally:
            theirs.lz4.frame.compress = before
    else:
        before, theirs.zstandard.compress = theirs.zstandard.compress, compress
        try:
            write_mcap(path, compression=CompressionType.ZSTD, chunk_size=10**7, count=MANY)
        finally:
            theirs.zstandard.compress = before


@check("bags of rosbags: sqlite3 and MCAP, of Humble and Jazzy, whole, by file and by message compressed", 600)
def _(_host):
    folders = []
    for version in (8, 9):
        for plugin in (StoragePlugin.SQLITE3, StoragePlugin.MCAP):
            for mode in (CompressionMode.NONE, CompressionMode.FILE, CompressionMode.MESSAGE):
                if plugin is StoragePlugin.MCAP and mode is CompressionMode.FILE:
                    continue
                folders.append(WORK / f"rosbags-{version}-{plugin.name}-{mode.name}")
                write_rosbags(folders[-1], version, plugin, mode)
    for folder, (found, remarks) in zip(folders, as_ours_says(folders)):
        assert found == WANTED, f"{folder.name}: {remarks}"
    return f"{len(folders)} kinds"


def write_rosbags(folder, version, plugin, mode):
    store = get_typestore(Stores.ROS2_HUMBLE if version < 9 else Stores.ROS2_JAZZY)
    writer = RosbagsWriter(folder, version=version, storage_plugin=plugin)
    if mode is not CompressionMode.NONE:
        writer.set_compression(mode, CompressionFormat.ZSTD)
    with writer:
        connections = {topic: writer.add_connection(topic, kind, typestore=store) for topic, kind in TYPES.items()}
        for topic, time_ns, content in sample():
            writer.write(connections[topic], time_ns, cdr_of(store, topic, content))


@check("a table of ours holds what their reader says", 120)
def _(_host):
    tables = WORK / "tables"
    cellist("bag", "convert", PERFORMANCE / "performance.mcap", tables, "--to", "csv", "--topics", "/joint_states")
    rows = list(csv.DictReader(io.StringIO((tables / "joint_states.csv").read_text())))
    theirs = [(m.log_time, list(v.position)) for _, c, m, v in decoded(PERFORMANCE / "performance.mcap") if c.topic == "/joint_states"]
    assert len(rows) == len(theirs)
    for row, (time_ns, position) in zip(rows, theirs):
        assert int(row["log_time_ns"]) == time_ns
        assert [float(row[f"position[{j}]"]) for j in range(6)] == position


if __name__ == "__main__":
    main()
