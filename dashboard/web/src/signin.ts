import { Problem, keepToken, post, type Session } from "./api";
import { h, say } from "./dom";

/** Asks for the token before anything else; it is sent once and never kept here. */
export function askForToken(signedIn: (session: Session) => void): void {
  if (document.querySelector(".signin")) return;
  const wrong = h("span", { class: "crit s", role: "alert" });
  const token = h("input", { class: "inp", type: "password", name: "token", autocomplete: "current-password", required: true, "aria-label": "Token" });
  const button = h("button", { class: "btn pri", type: "submit" }, "Sign in");
  const submit = async (): Promise<void> => {
    button.disabled = true;
    try {
      const session = await post<Session>("/api/session", { token: token.value });
      if (session) keepToken(session.csrf);
      root.remove();
      if (session) signedIn(session);
    } catch (error) {
      say(wrong, error instanceof Problem ? `■ ${error.detail}` : String(error));
      token.value = "";
      token.focus();
    } finally {
      button.disabled = false;
    }
  };
  const root = h("div", "signin", h("form", { class: "panel", "aria-label": "Sign in", submit: (event) => { event.preventDefault(); void submit(); } },
    h("div", "ph", h("h2", {}, "Sign in to FuturesBot")),
    h("div", "pb", h("p", "s", "This address is open to others, so the page asks who comes. The token stands in the program's secrets, never on this page."),
      h("label", "s", h("span", "t3", "Token"), token), wrong, button)));
  document.body.append(root);
  token.focus();
}
