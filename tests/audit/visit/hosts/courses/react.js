// The example of the README of react-scorm-provider: a button that completes the course.
import React from "react";
import ReactDOM from "react-dom";
import ScormProvider, { withScorm } from "react-scorm-provider";

const Part = withScorm()(({ sco }) => (
  <div>
    <p>Welcome, {sco.learnerName}!</p>
    <p>Your course status is currently: {sco.completionStatus}</p>
    <p>Click the button below to complete the course!</p>
    <button onClick={() => sco.setStatus("completed")}>Mark me complete!</button>
  </div>
));

ReactDOM.render(
  <ScormProvider version="1.2" debug={false}>
    <h1>Hello SCORM world!</h1>
    <Part />
  </ScormProvider>,
  document.getElementById("root"),
);
