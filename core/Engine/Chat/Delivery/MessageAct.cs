namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>What a message does in its chat.</summary>
public enum MessageAct
{
    /// <summary>Stands by itself; with a card it becomes that card.</summary>
    New,

    /// <summary>Takes the place of a card's text, or of a message; becomes the card where there is none.</summary>
    Edit,

    /// <summary>Stands by itself and points to a card.</summary>
    Reply,
}
