// Arrives when a trainee first wants to comment on a course that asks for it.

import { commentForm } from "../shell/comments.ts";

scormBuilder.add("part", "shell-comments", commentForm);
