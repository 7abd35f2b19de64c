namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>A card as it stands in a chat.</summary>
/// <param name="MessageId">The messenger's own number.</param>
/// <param name="HasPicture">Its text is a caption.</param>
public sealed record SentCard(long MessageId, bool HasPicture);
