// Loads when “Comment on this course” is first opened.

import { commentForm } from "../shell/comments.ts";

scormBuilder.add("part", "shell-comments", commentForm);
