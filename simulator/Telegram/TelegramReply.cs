using System.Text.Json.Nodes;

namespace FuturesBot.Simulator.Telegram;

/// <summary>An answer of the Bot API.</summary>
/// <param name="Status">HTTP status, and <c>error_code</c> where it is none of success.</param>
/// <param name="Result">What a call gave; null for a fault.</param>
/// <param name="Description">What was wrong.</param>
/// <param name="RetryAfter">Seconds; null for no pause.</param>
internal sealed record TelegramReply(int Status, JsonNode? Result, string Description = "", int? RetryAfter = null)
{
    public static TelegramReply Ok(JsonNode? result) => new(200, result);

    public static TelegramReply Bad(string description) => new(400, null, "Bad Request: " + description);

    public static TelegramReply TooMany(int seconds) => new(429, null, $"Too Many Requests: retry after {seconds}", seconds);

    public string ToJson()
    {
        var json = new JsonObject { ["ok"] = Status == 200 };
        if (Status == 200)
        {
            json["result"] = Result;
            return json.ToJsonString();
        }

        json["error_code"] = Status;
        json["description"] = Description;
        if (RetryAfter is { } seconds) json["parameters"] = new JsonObject { ["retry_after"] = seconds };
        return json.ToJsonString();
    }
}
