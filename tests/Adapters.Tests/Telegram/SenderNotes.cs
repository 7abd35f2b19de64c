using FuturesBot.Engine.Chat.Delivery;

namespace FuturesBot.Adapters.Tests.Telegram;

/// <summary>Keeps what a sender says.</summary>
internal sealed class SenderNotes : ISenderListener
{
    public List<(string Id, string Why)> Lost { get; } = [];

    public List<(string Id, string Why, TimeSpan Wait)> Waits { get; } = [];

    public List<Exception> Faults { get; } = [];

    public void GivenUp(OutgoingMessage message, string why) => Lost.Add((message.Id, why));

    public void Delayed(OutgoingMessage message, string why, TimeSpan wait) => Waits.Add((message.Id, why, wait));

    public void PictureFailed(OutgoingMessage message, Exception fault) => Faults.Add(fault);

    public void Failed(Exception fault) => Faults.Add(fault);
}
