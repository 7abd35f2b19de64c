namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>What is given up first when more waits than may.</summary>
public enum MessageRank
{
    /// <summary>Answers and summaries: they can be asked for again.</summary>
    Low,

    /// <summary>Steps of signals.</summary>
    Normal,

    /// <summary>Signals and alarms.</summary>
    High,
}
