"""An agent's loop over Limpet's client: one session, one command per step, output bounded, errors told to the model.

    PYTHONPATH=clients/python python3 agent.py
"""

from __future__ import annotations

from typing import Dict, List, Optional

from limpet import FileError, Limpet, Session

Step = Dict[str, str]


def next_step(history: List[str]) -> Optional[Step]:
    """Stands for your model: looks at what has happened, returns the next step, or None when it is done."""
    plan: List[Step] = [
        {"command": "printf '%s\\n' pear apple fig | sort | paste -sd ' '"},
        {"write": "/tmp/notes.txt", "content": "remember the milk\n"},
        {"command": "cat /tmp/notes.txt; exit 3"},
        {"background": "for i in 1 2 3; do echo tick $i; sleep 0.1; done"},
        {"read": "/tmp/missing"},
    ]
    return plan[len(history)] if len(history) < len(plan) else None


def carry_out(session: Session, step: Step) -> str:
    """Carries one step out and says in words how it went."""
    if "command" in step:
        result = session.shell(step["command"], time_limit_ms=10_000, max_output_bytes=16_000)
        how = "time limit" if result["timed_out"] else f"exit code {result['exit_code']}"
        return result["stdout"] + result["stderr"] + how
    if "write" in step:
        return f"wrote {session.write_file(step['write'], step['content'])['bytes']} bytes"
    if "background" in step:
        # A process goes on beside the shell; its output can be read while it does.
        with session.start(step["background"]) as process:
            for chunk in process.output():
                print(chunk["data"], end="")
            end = process.wait()
        return f"process ended: {end['outcome']} {end['exit_code']}"
    return session.read_file(step["read"])["content"]


with Limpet() as limpet, limpet.open("task", user="user") as session:
    history: List[str] = []
    while (step := next_step(history)) is not None:
        try:
            outcome = carry_out(session, step)
        except FileError as error:
            # What the sandbox refuses is for the model to read; anything else is for us.
            outcome = f"{error.code}: {error}"
        print(outcome)
        history.append(outcome)
