using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.Engine.Chat.Commands;

namespace FuturesBot.Engine.Chat;

/// <summary>Every command, in the order of the help. The messenger's own menu and the buttons come from here too.</summary>
public sealed class ChatCatalog
{
    private const int ButtonsPerPage = 8;
    private const int ButtonsPerRow = 2;

    private readonly Dictionary<string, IChatCommand> _byName;

    /// <param name="book">What the commands read.</param>
    /// <param name="settings">What chats have chosen.</param>
    public ChatCatalog(IChatBook book, ChatSettingsBook settings)
    {
        All =
        [
            new StatusCommand(book),
            new SignalsCommand(book),
            new ClosedCommand(book),
            new ReportCommand(book),
            new PerformanceCommand(book),
            new ActionPriceCommand(book),
            new StatsCommand(book),
            new RegimeStatsCommand(book),
            new ConfluenceStatsCommand(book),
            new StrategiesCommand(book),
            new WhyCommand(book),
            new SizeCommand(book),
            new ValidateCommand(book),
            new LatencyCommand(book),
            new PauseCommand(book),
            new ResumeCommand(book),
            new SettingsCommand(settings),
            new LanguageCommand(settings),
            new MenuCommand(this),
            new HelpCommand(this, "help"),
            new HelpCommand(this, "start"),
        ];
        _byName = All.ToDictionary(command => command.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<IChatCommand> All { get; }

    public IEnumerable<string> Names => _byName.Keys;

    public IChatCommand? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>For the messenger's own list of commands: name and description.</summary>
    public IReadOnlyList<(string Name, string About)> MenuOf(Wording words) =>
        [.. All.Where(command => command.Name != "start").Select(command => (command.Name, command.About(words)))];

    /// <summary>A page of buttons, one for each command that needs no argument.</summary>
    /// <param name="words">The chat's language.</param>
    /// <param name="page">From 0; one that is not there is the nearest.</param>
    public IReadOnlyList<IReadOnlyList<ChatButton>> Buttons(Wording words, int page)
    {
        var shown = All.Where(command => command.Name is not ("start" or "menu") && !command.Usage(words).StartsWith('<')).ToArray();
        var pages = (shown.Length + ButtonsPerPage - 1) / ButtonsPerPage;
        page = Math.Clamp(page, 0, pages - 1);
        var rows = shown.Skip(page * ButtonsPerPage).Take(ButtonsPerPage)
            .Select(command => new ChatButton(command.Title(words), ChatButtons.Run + command.Name))
            .Chunk(ButtonsPerRow).Select(row => (IReadOnlyList<ChatButton>)row).ToList();
        rows.Add(ChatButtons.Turn(page, pages, other => $"{ChatButtons.Menu}{other}"));
        return rows;
    }
}
