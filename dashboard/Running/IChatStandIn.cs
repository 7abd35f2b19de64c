namespace FuturesBot.Dashboard.Running;

/// <summary>Stands in for Telegram where there is no bot's token: a server of this process, whose chat the page shows.</summary>
public interface IChatStandIn : IAsyncDisposable
{
    /// <summary>Base address of its Bot API.</summary>
    Uri Address { get; }

    /// <summary>The token that it accepts.</summary>
    string Token { get; }

    /// <summary>The one person, and the chat with it.</summary>
    long Person { get; }

    IChatTranscript Transcript { get; }
}
