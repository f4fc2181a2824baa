Time zones by name, from Debian's tzdata: in the C library, in bash and in python's zoneinfo.

### date in named zones
for zone in Europe/Berlin America/New_York Asia/Kolkata Australia/Lord_Howe Pacific/Chatham UTC; do
  for second in 1700000000 1720000000; do TZ=$zone date -d @$second '+%F %T %z %Z'; done
done

### the hour of a change
for second in 1711846799 1711846800 1729990799 1729990800; do TZ=Europe/Paris date -d @$second '+%F %T %Z'; done

### zones before and after the table
TZ=America/New_York date -d 1850-01-01T12:00:00Z '+%F %T %z'
TZ=Europe/London date -d 1971-01-15T12:00:00Z '+%F %T %z %Z'
TZ=Europe/Berlin date -d 2090-07-01T12:00:00Z '+%F %T %z %Z'

### a time in another zone
date -u --date='TZ="America/Los_Angeles" 09:00 2024-02-02' --iso-8601=minutes
date -u -d '2024-07-01 12:00 +0530' +%R

### a link and its target
readlink /usr/share/zoneinfo/US/Eastern /usr/share/zoneinfo/posixrules
cmp /usr/share/zoneinfo/US/Eastern /usr/share/zoneinfo/America/New_York && echo same
TZ=Japan date -d @0 +%T%z

### the local zone is UTC
readlink /etc/localtime
date -d @0 '+%F %T %Z'
date -d '2024-07-01 12:00' +%s

### the local zone of a session
export TZ=Asia/Tokyo
date -d @86400
printf '%(%F %T %Z)T\n' 86400
touch -d '2024-01-01 00:00' file
ls -l --time-style='+%F %T %z' file | cut -d' ' -f6-
TZ=UTC stat -c %y file
awk 'BEGIN { print strftime("%H:%M %Z", 0) }'

### lists of zones
cd /usr/share/zoneinfo
ls -d Europe America/Indiana Etc
awk -F'\t' '$1 == "DE" { print $3 }' zone.tab
grep -c ^ iso3166.tab
find America -type f -o -type l | wc -l

### jq and zones
TZ=Europe/Rome jq -n '1700000000 | todate, (localtime | mktime), strflocaltime("%H:%M")'

### jq names a zone
TZ=Europe/Rome jq -n '1700000000 | strflocaltime("%Z")'

### git's dates
export TZ=America/Sao_Paulo GIT_AUTHOR_DATE='1700000000' GIT_COMMITTER_DATE='1700000000'
git init -q .; git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x
git log -1 --format='%ad'; git log -1 --date=iso-local --format=%ad

### python: zoneinfo
python3 - <<'END'
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

berlin = ZoneInfo("Europe/Berlin")
noon = datetime(2024, 7, 1, 12, tzinfo=berlin)
print(noon, noon.astimezone(ZoneInfo("America/New_York")), noon.astimezone(timezone.utc))
change = datetime(2024, 3, 31, 1, 59, tzinfo=berlin)
print(change + timedelta(minutes=1), (change.astimezone(timezone.utc) + timedelta(minutes=1)).astimezone(berlin))
print(datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=berlin).utcoffset(), berlin.tzname(noon), berlin.key)
print(len(available_timezones()) > 590, "Asia/Tokyo" in available_timezones())
try:
    ZoneInfo("Mars/Olympus")
except ZoneInfoNotFoundError as error:
    print(error)
END

### python: tzset
python3 - <<'END'
import os, time

for zone in ("Europe/Madrid", "Asia/Kathmandu", "America/Los_Angeles", "UTC"):
    os.environ["TZ"] = zone
    time.tzset()
    print(time.tzname, time.timezone, time.daylight, time.strftime("%F %T %Z", time.localtime(1720000000)))
END
