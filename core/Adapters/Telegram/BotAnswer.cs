using System.Text.Json;

namespace FuturesBot.Adapters.Telegram;

/// <summary>What a call of the Bot API came to.</summary>
public abstract record BotAnswer
{
    /// <summary>It was carried out.</summary>
    /// <param name="Result">What it gave.</param>
    public sealed record Done(JsonElement Result) : BotAnswer;

    /// <summary>Telegram answered that it was not.</summary>
    /// <param name="Code">400, 401, 403, 404, 409, 429 and the like.</param>
    /// <param name="Description">Telegram's own words, cleaned.</param>
    /// <param name="RetryAfter">How long everything has to wait; null when Telegram asks for no pause.</param>
    public sealed record Fault(int Code, string Description, TimeSpan? RetryAfter) : BotAnswer;

    /// <summary>No answer of Telegram's came.</summary>
    /// <param name="Why">In one line, without secrets.</param>
    /// <param name="MayHaveArrived">The call may have been carried out.</param>
    public sealed record Lost(string Why, bool MayHaveArrived) : BotAnswer;

    private BotAnswer()
    {
    }

    /// <summary>In a few words, for logs and findings.</summary>
    public string Text => this switch
    {
        Fault fault => $"{fault.Code} {fault.Description}",
        Lost lost => lost.Why,
        _ => "done",
    };
}
