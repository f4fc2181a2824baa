yq, xq-python and tomlq: jq for YAML, XML and TOML; and PyYAML.

### YAML to JSON
# skip(v86): the guest has no yq
printf 'name: demo\nlist: [1, 2.5, true, null, "x: y", ~, 0x1F, 1e3, no]\nnested:\n  date: 2024-05-01\n  time: 2024-05-01T12:00:00Z\n  text: |\n    two\n    lines\n  folded: >-\n    one\n    line\n  anchor: &a {k: v}\n  ref: *a\n  merged: {<<: *a, z: 1}\n' > a.yaml; yq . a.yaml; yq -r .name a.yaml; yq -c '.list' < a.yaml; yq -r '.nested | keys | join(",")' a.yaml; cat a.yaml | yq -e .missing; echo $?

### several documents
# skip(v86): the guest has no yq
printf 'a: 1\n---\na: 2\n---\n- x\n' > d.yaml; yq -c . d.yaml; yq -c -s 'map(type)' d.yaml; yq -y '{b: .a?}' d.yaml; printf 'a: 1\n' > e.yaml; yq -s -c 'map(.a)' d.yaml e.yaml

### YAML out, and in place
# skip(v86): the guest has no yq
printf '# comment\nname: "old"\nports: [80, 443]\nenv:\n  - {key: A, value: "1"}\n  - {key: ü, value: "yes"}\n' > c.yaml; yq -y . c.yaml; yq -y '.ports += [8080]' c.yaml; yq -Y '.name = "round trip"' c.yaml; yq -yi '.env |= map(select(.key != "A"))' c.yaml; cat c.yaml; echo '{"a": [1, {"b": null}], "long": "a string that is rather long and goes on for more than eighty characters to see where it is cut"}' | yq -y .; yq -y -w 200 . c.yaml; yq -n -y --arg v 'x: y' '{v: $v, n: 1.0, s: "1", e: ""}'

### what is wrong
# skip(v86): the guest has no yq
yq .x nosuch; echo $?; echo 'a: 1' | yq '.['; echo $?; printf 'a: 1\n' | yq '.a.b'; echo $?; printf '' | yq .; echo $?

### errors in YAML
# skip(v86): the guest has no yq
printf 'a: [1\n' | yq .; echo $?; printf 'a: b: c\n' | yq .; echo $?; printf '\tx: 1\n' | yq .; echo $?

### XML
# skip(v86): the guest has no yq
echo '<r v="1"><i id="1">a</i><i>b</i><e/><t>x &amp; y</t></r>' > r.xml; xq-python . r.xml; xq-python -c '.r.i' r.xml; xq-python -r '.r.i[0]."@id"' r.xml; xq-python -x '.r.t = "<new>"' r.xml; xq-python -x --xml-root doc '{a: [1, 2]}' r.xml; echo '<a><b></a>' | xq-python . ; echo $?

### TOML
# skip(v86): the guest has no yq
printf 'title = "T"\n[owner]\nname = "Ada"\n[[items]]\nn = 1\n[[items]]\nn = 2\nf = [1.5, 2.0]\n' > c.toml; tomlq -c '.owner, .items' c.toml; tomlq -r .title c.toml; tomlq -t '.owner.name = "Grace"' c.toml; echo 'a = ' | tomlq . 2>&1 | tail -n 1

### PyYAML
# skip(v86): the guest has no PyYAML
python3 - <<'PY'
import yaml
text = "a: [1, 2]\nb:\n  - c: ü\n    d: 2024-05-01\n  - !!set {x, y}\ne: 'q'\n"
data = yaml.safe_load(text)
print(data["a"], data["b"][0], sorted(data["b"][1]), yaml.__version__)
print(yaml.safe_dump({"z": 1, "a": [True, None, "no", "1"], "t": "l1\nl2\n"}, allow_unicode=True), end="")
print(yaml.dump([1, {"k": (1, 2)}], default_flow_style=True), end="")
print(list(yaml.safe_load_all("--- 1\n--- {a: b}\n")), yaml.dump_all([{"a": 1}, [2]], explicit_start=True))
try:
    yaml.safe_load("a: [1\nb: 2")
except yaml.YAMLError as error:
    print(error)
try:
    yaml.safe_load("!!python/object:os.system x")
except yaml.constructor.ConstructorError as error:
    print(error.problem)

class Point(yaml.YAMLObject):
    yaml_tag = "!point"
    yaml_loader = yaml.SafeLoader
    def __init__(self, x): self.x = x

print(yaml.safe_load("!point {x: 3}").x, yaml.dump(Point(4)))
PY
