namespace FuturesBot.Adapters.AzureStorage.Queues;

/// <summary>A message that was received and is invisible to others for a while.</summary>
/// <param name="Id">The message.</param>
/// <param name="Receipt">This reception of it: deleting and hiding need the newest one.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Deliveries">How often it was received, this time included.</param>
public sealed record QueueMessage(string Id, string Receipt, ReadOnlyMemory<byte> Body, int Deliveries);
