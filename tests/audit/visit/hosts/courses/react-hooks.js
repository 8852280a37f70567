// The hook of @code-by-dwayne/react-scorm-provider, with a course that keeps its page.
import { ScormProvider, useScorm } from "@code-by-dwayne/react-scorm-provider";
import React, { useEffect, useState } from "react";
import ReactDOM from "react-dom";

const CHOICES = ["Before meals", "Never"];

const Part = () => {
  const { apiConnected, learnerName, suspendData, getSuspendData, set, commitData, setScore } =
    useScorm();
  const [page, show] = useState(1);
  const [choice, choose] = useState("");
  useEffect(() => {
    if (apiConnected) getSuspendData();
  }, [apiConnected]);
  useEffect(() => show(suspendData.page ?? 1), [suspendData]);

  const turn = (to) => {
    set("cmi.suspend_data", JSON.stringify({ page: to }));
    commitData();
    show(to);
  };
  const answer = (event) => {
    event.preventDefault();
    const right = choice === CHOICES[0];
    turn(3);
    setScore({ value: right ? 100 : 0, min: 0, max: 100, status: right ? "passed" : "failed" });
  };
  if (page === 1) {
    return (
      <div>
        <p>Welcome, {learnerName}! Water, soap, twenty seconds, and a clean towel.</p>
        <button type="button" onClick={() => turn(2)}>
          Next
        </button>
      </div>
    );
  }
  if (page === 3) return <p>Everything is read and answered.</p>;
  return (
    <form onSubmit={answer}>
      <p>When are hands washed?</p>
      {CHOICES.map((text) => (
        <p key={text}>
          <label>
            <input type="radio" name="q" value={text} onChange={() => choose(text)} /> {text}
          </label>
        </p>
      ))}
      <button type="submit">Submit</button>
    </form>
  );
};

ReactDOM.render(
  <ScormProvider version="1.2" debug={false}>
    <h1>Hand washing</h1>
    <Part />
  </ScormProvider>,
  document.getElementById("root"),
);
