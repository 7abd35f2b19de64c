import "bootstrap/dist/css/bootstrap.min.css";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/components.css";
import "./styles/shell.css";
import "./styles/parts.css";
import { App } from "./app";

const root = document.getElementById("app");
if (root) void new App(root).start();
