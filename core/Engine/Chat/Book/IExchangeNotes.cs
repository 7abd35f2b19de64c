namespace FuturesBot.Engine.Chat.Book;

/// <summary>Tells how the connection to the exchange does. Safe from many threads.</summary>
public interface IExchangeNotes
{
    ExchangeNote Read();
}
