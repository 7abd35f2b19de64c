using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat;

/// <summary>One command of the chat. A new one is a class and a line in <see cref="ChatCatalog"/>.</summary>
public interface IChatCommand
{
    /// <summary>Latin, lower case, without the slash; at most 32 letters, digits and underscores.</summary>
    string Name { get; }

    /// <summary>Its arguments, such as <c>[дни]</c>; empty without any.</summary>
    string Usage(Wording words);

    /// <summary>On a button; at most 24 characters.</summary>
    string Title(Wording words);

    /// <summary>What it shows, in a line of at most 80 characters.</summary>
    string About(Wording words);

    Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel);
}
