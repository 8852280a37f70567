// Arrives with the first page that asks for an order.

import { sequencing } from "../questions/sequencing.js";

scormBuilder.question("sequencing", sequencing);
