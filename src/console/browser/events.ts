import { showNewAtTheTop } from "./events/show-new-at-the-top.ts";

showNewAtTheTop();
