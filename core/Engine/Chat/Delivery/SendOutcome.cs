namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>What became of a message.</summary>
public abstract record SendOutcome
{
    /// <summary>It is in the chat.</summary>
    public sealed record Delivered(SentCard Sent) : SendOutcome;

    /// <summary>The messenger wants a pause; it holds for everything.</summary>
    public sealed record RetryAfter(TimeSpan Wait) : SendOutcome;

    /// <summary>It certainly did not arrive: no connection, or the token is not accepted.</summary>
    public sealed record NotSent(string Why) : SendOutcome;

    /// <summary>It may have arrived: the answer did not.</summary>
    public sealed record Unknown(string Why) : SendOutcome;

    /// <summary>It never will arrive.</summary>
    public sealed record Refused(string Why) : SendOutcome;

    /// <summary>The message that was to be changed is not there any more.</summary>
    public sealed record Gone : SendOutcome;

    private SendOutcome()
    {
    }
}
