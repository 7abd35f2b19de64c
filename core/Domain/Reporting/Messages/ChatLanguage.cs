namespace FuturesBot.Domain.Reporting;

/// <summary>The language of texts for people.</summary>
public enum ChatLanguage
{
    Russian,
    English,
}
