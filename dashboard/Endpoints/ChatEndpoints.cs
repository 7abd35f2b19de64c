using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>The chat as it would look, for a run without a bot's token.</summary>
internal static class ChatEndpoints
{
    private const int MessagesDefault = 60;
    private const int MessagesMax = 200;
    private const int TextMax = 4_096;

    private static readonly ApiParameter Id = ApiParameter.Path("id", "a message's number");

    public static void Map(IEndpointRouteBuilder routes, IChatTranscript? chat)
    {
        routes.MapGet("/api/chat", (HttpRequest request) =>
        {
            if (chat is null) return Absent();
            var query = new PlainQuery(request);
            var limit = query.Number("limit", MessagesDefault, 1, MessagesMax);
            // The version first: a message that comes in between is read twice rather than never.
            var version = chat.Version;
            return query.Fault ?? Reply.Json(new ChatView(version, chat.Messages(limit), chat.Commands()));
        }).Describe("chat", "The newest messages of the fake chat, and the commands of its menu.", ApiParameter.Limit(MessagesDefault, MessagesMax))
            .Returns<ChatView>().Answers(StatusCodes.Status501NotImplemented);

        routes.MapGet("/api/chat/pictures/{id:long}", (long id, HttpResponse response) =>
        {
            if (chat is null) return Absent();
            if (chat.Picture(id) is not { } picture) return Problems.NotFound($"Message {id} has no picture, or is not kept any more");
            response.Headers.CacheControl = "private, no-cache";
            return Results.Bytes(picture, "image/png");
        }).Describe("chat", "The picture of a message.", Id).ReturnsMedia("image/png")
            .Answers(StatusCodes.Status404NotFound, StatusCodes.Status501NotImplemented);

        routes.MapPost("/api/chat", async (HttpContext context) =>
        {
            if (chat is null) return Absent();
            var (body, fault) = await Body.Read<ChatBody>(context.Request);
            if (body is null) return fault!;
            // What was written stays in the chat: a secret gone astray has no place in the audit.
            Audit.Note(context, from: null, body.Text is { } said ? $"{said.Length} characters" : $"a button of message {body.Message}");
            return body switch
            {
                { Text: { } text, Message: null, Data: null } => chat.Say(text)
                    ? Results.NoContent()
                    : Problems.BadParameter("text", $"{text.Length} characters", string.Create(CultureInfo.InvariantCulture, $"1 to {TextMax} characters, not blank alone")),
                { Text: null, Message: { } message, Data: { } data } => chat.Press(message, data)
                    ? Results.NoContent()
                    : Problems.NotFound($"Message {message} has no such button"),
                _ => Problems.Of(StatusCodes.Status400BadRequest, "The body is not understood", "Either text, or message and data"),
            };
        }).Describe("chat", "Writes into the fake chat, or presses one of its buttons.").Reads<ChatBody>().ReturnsNothing()
            .Answers(StatusCodes.Status404NotFound, StatusCodes.Status501NotImplemented);
    }

    private static IResult Absent() => Problems.Of(
        StatusCodes.Status501NotImplemented, "Not part of this host",
        "The page shows the chat only while it is a fake one: here it is a real Telegram, or the chat is switched off");
}
