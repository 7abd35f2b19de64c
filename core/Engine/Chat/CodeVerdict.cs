namespace FuturesBot.Engine.Chat;

/// <summary>What became of a try to confirm an order.</summary>
public enum CodeVerdict
{
    /// <summary>The order is to be carried out.</summary>
    Right,

    /// <summary>It may be tried again.</summary>
    Wrong,

    /// <summary>Wrong too often: the order is gone.</summary>
    Cancelled,

    /// <summary>The code has outlived its time: the order is gone.</summary>
    TooLate,

    /// <summary>No order of this person waits in this chat.</summary>
    NothingWaits,
}
