namespace FuturesBot.Engine.Chat.Book;

/// <summary>How the connection to the exchange does.</summary>
public sealed record ExchangeNote
{
    /// <summary>Request weight that was spent in the minute that runs.</summary>
    public required int Weight { get; init; }

    /// <summary>What it may come to.</summary>
    public required int WeightMax { get; init; }

    /// <summary>Wall time to the end of a ban (418); null without one.</summary>
    public required TimeSpan? BanLeft { get; init; }

    /// <summary>The exchange asked for a pause (429).</summary>
    public required bool IsPaused { get; init; }

    /// <summary>Connections that bring data.</summary>
    public required int LinesLive { get; init; }

    /// <summary>Connections wanted.</summary>
    public required int Lines { get; init; }

    public required int Reconnects { get; init; }

    /// <summary>Order books in step with the exchange.</summary>
    public required int BooksInStep { get; init; }

    /// <summary>Order books held; 0 when they are switched off.</summary>
    public required int Books { get; init; }

    /// <summary>How often a book had to be built anew.</summary>
    public required int BooksRebuilt { get; init; }

    /// <summary>Wall milliseconds under which half of all stream messages were under way; NaN without a message.</summary>
    public required double LagP50Ms { get; init; }

    /// <summary>The same of 90 %.</summary>
    public required double LagP90Ms { get; init; }

    /// <summary>The same of 99 %; infinite when it lies above what is counted.</summary>
    public required double LagP99Ms { get; init; }

    /// <summary>Stream messages with data since the start.</summary>
    public required long Messages { get; init; }
}
