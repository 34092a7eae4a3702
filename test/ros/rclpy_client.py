"""A ROS 2 client written in Python: asks a node of ours for everything it has, and says what it got as one line of JSON.

Run by ros-bridge.test.ts where ROS 2 is sourced; nothing of ours is imported.
"""

import json
import time

import rclpy
from cellist_msgs.action import Perform
from lifecycle_msgs.srv import ChangeState, GetState
from rcl_interfaces.msg import Parameter, ParameterValue
from rcl_interfaces.srv import SetParameters
from rclpy.action import ActionClient
from rclpy.qos import DurabilityPolicy, QoSProfile
from sensor_msgs.msg import JointState
from std_msgs.msg import String
from std_srvs.srv import SetBool

got = {}
rclpy.init()
node = rclpy.create_node("python")


def until(done, what, seconds=30):
    end = time.time() + seconds
    while not done():
        rclpy.spin_once(node, timeout_sec=0.05)
        if time.time() > end:
            raise SystemExit(f"{what} never came")


def ask(kind, name, request):
    client = node.create_client(kind, name)
    until(client.service_is_ready, name)
    answer = client.call_async(request)
    until(answer.done, f"answer of {name}")
    return answer.result()


facts, states = [], []
latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
node.create_subscription(String, "/fact", lambda m: facts.append(m.data), latched)
node.create_subscription(JointState, "/joint_states", lambda m: states.append(list(m.position)), 10)
until(lambda: facts and states, "topics")
got["fact"], got["joints"] = facts[0], states[0]
until(lambda: "player" in node.get_node_names(), "the node's name")

answer = ask(SetBool, "/player/swap", SetBool.Request(data=True))
got["service"] = [answer.success, answer.message]

value = lambda n: Parameter(name="bows", value=ParameterValue(type=2, integer_value=n))
results = [ask(SetParameters, "/player/set_parameters", SetParameters.Request(parameters=[value(n)])).results[0] for n in (3, 9)]
got["parameters"] = [[r.successful, r.reason] for r in results]

# A transition that is not there kills a lifecycle node of rclnodejs; here it is refused, and the node lives on.
request = ChangeState.Request()
request.transition.id = 3
got["bad transition"] = ask(ChangeState, "/player/change_state", request).success
got["state"] = ask(GetState, "/player/get_state", GetState.Request()).current_state.label

chat = node.create_publisher(String, "/chat", 10)
until(lambda: chat.get_subscription_count() > 0, "a listener of /chat")
chat.publish(String(data="from Python"))

perform = ActionClient(node, Perform, "/perform")
until(perform.server_is_ready, "/perform")
feedback = []


def send(confirm):
    sent = perform.send_goal_async(
        Perform.Goal(confirm=confirm), feedback_callback=lambda m: feedback.append(m.feedback.path_time_s)
    )
    until(sent.done, "answer to the goal")
    return sent.result()


def end_of(goal):
    result = goal.get_result_async()
    until(result.done, "the result")
    return [result.result().status, result.result().result.message]


got["performed"] = end_of(send("go"))
got["feedback"] = feedback
waiting = send("wait")
cancel = waiting.cancel_goal_async()
until(cancel.done, "answer to the cancel")
got["canceled"] = end_of(waiting)
got["refused"] = send("").accepted
print(json.dumps(got))
rclpy.shutdown()
