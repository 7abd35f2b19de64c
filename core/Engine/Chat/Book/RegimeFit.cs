namespace FuturesBot.Engine.Chat.Book;

/// <summary>How many symbols are in a regime that gives a strategy's base this weight.</summary>
public readonly record struct RegimeFit(double Weight, int Symbols);
