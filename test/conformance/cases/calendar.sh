cal and ncal. What they mark is marked for terminals only.

### a month and a year
# skip(v86): cal is not there
cal 2 2024; cal -m 2 2024; cal feb 2023; cal 2024 | head -12; cal 9 1752; ncal 2 2024; ncal -b 1 2000; cal -h 12 1999

### around a date
# skip(v86): cal is not there
cal -3 1 2024; cal -A 1 -B 1 6 2024; cal -d 2024-05 -h; ncal -d 2024-05 -h; ncal -e 2024; ncal -o 2024; ncal -w 1 2021; ncal -M 3 2024; ncal -S 3 2024; cal -j 3 2024; ncal -J 2 1700; cal -H 2024-05-06 -d 2024-05

### errors
# skip(v86): cal is not there
cal 13 2024; echo $?; cal 0; echo $?; cal 10000; echo $?; cal foo 2024; echo $?; cal 1 2 3; echo $?; cal -x 2>&1 | head -3; cal | wc -l | grep -c '[789]'; [ "$(cal | head -1 | xargs)" = "$(date '+%B %Y')" ] && echo this month
