using System.Globalization;

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>The few words that delivery itself adds.</summary>
/// <param name="Repeat">Stands below a message that may be in the chat already.</param>
/// <param name="LeftOut">Says that messages were left out; {0} is their number.</param>
public sealed record DeliveryWords(string Repeat, string LeftOut)
{
    public static DeliveryWords Russian { get; } = new("↻ возможен повтор", "Пропущено сообщений: {0}. Связи долго не было, осталось главное.");

    public static DeliveryWords English { get; } = new("↻ may be a repeat", "Messages left out: {0}. There was no connection for long; what matters stayed.");

    public static DeliveryWords For(string language) => language == "en" ? English : Russian;

    public string OfLeftOut(int count) => string.Format(CultureInfo.InvariantCulture, LeftOut, count);
}
