#!/bin/bash
# Sources ROS 2 and our interfaces, then becomes the command, so that signals reach it.
set -e
source /opt/ros/jazzy/setup.bash
source /opt/cellist_msgs/setup.bash
exec "$@"
