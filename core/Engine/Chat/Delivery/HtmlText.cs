using System.Net;
using System.Text;

namespace FuturesBot.Engine.Chat.Delivery;

/// <summary>
/// HTML as messengers take it: tags without attributes, the entities lt, gt, amp, quot and numbers. Lengths count what is
/// seen, in UTF-16 units, as Telegram does.
/// </summary>
public static class HtmlText
{
    /// <summary>Longest text of a message.</summary>
    public const int TextMax = 4_096;

    /// <summary>Longest caption of a picture.</summary>
    public const int CaptionMax = 1_024;

    private static readonly string[] Tags = ["b", "i", "code", "u", "s", "pre"];

    /// <summary>Makes a value safe to stand between tags.</summary>
    public static string Escape(string value) =>
        value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>What is seen of it.</summary>
    public static string Plain(string html)
    {
        var text = new StringBuilder(html.Length);
        foreach (var piece in Read(html)) text.Append(piece.Seen);
        return text.ToString();
    }

    /// <summary>The same with known tags alone, all of them balanced; anything else is shown as it stands.</summary>
    public static string Clean(string html)
    {
        var pieces = Read(html);
        return Write(pieces, 0, 0, pieces.Count, []);
    }

    /// <summary>How long it is on the screen.</summary>
    public static int Length(string html) => Read(html).Sum(piece => piece.Seen.Length);

    /// <summary>
    /// Cuts a text into parts that are short enough: at an empty line, else at the end of a line, of a sentence, of a word.
    /// Tags that a cut would tear are closed before it and opened after it; every part is whole.
    /// </summary>
    /// <param name="html">What is not HTML in it is shown as it stands.</param>
    /// <param name="firstMax">Longest first part: a caption is shorter than a text.</param>
    /// <param name="nextMax">Longest part of the others.</param>
    public static IReadOnlyList<string> Split(string html, int firstMax = TextMax, int nextMax = TextMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(firstMax, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(nextMax, 2);
        var pieces = Read(html);
        var parts = new List<string>();
        var open = new List<string>();   // tags that a part begins with
        var at = 0;
        while (FirstSeen(pieces, at) is var start && start < pieces.Count)
        {
            var end = EndOf(pieces, start, parts.Count == 0 ? firstMax : nextMax);
            parts.Add(Write(pieces, at, start, end, open));
            at = end;
        }

        return parts.Count > 0 ? parts : [""];
    }

    /// <summary>The first part alone, with an ellipsis when there is more.</summary>
    public static string Cut(string html, int most) =>
        Length(html) <= most ? html : Split(html, most - 2, most - 2)[0].TrimEnd() + " …";

    // The piece after the last that still fits; earlier where a better place to cut is in the second half.
    private static int EndOf(List<Piece> pieces, int from, int most)
    {
        var (length, end) = (0, from);
        while (end < pieces.Count && length + pieces[end].Seen.Length <= most) length += pieces[end++].Seen.Length;
        if (end == pieces.Count) return end;

        var (best, rank, seen) = (end, 0, length);
        for (var i = end; i > from && seen > most / 2; i--)
        {
            var found = RankOf(pieces, i);
            if (found > rank) (best, rank) = (i, found);
            seen -= pieces[i - 1].Seen.Length;
        }

        return best > from ? best : from + 1;
    }

    // How good a place the one before piece i is.
    private static int RankOf(List<Piece> pieces, int i)
    {
        var last = SeenBefore(pieces, ref i);
        if (last is not ("\n" or " ")) return 0;
        var before = SeenBefore(pieces, ref i);
        if (last == "\n") return before == "\n" ? 4 : 3;
        return before is "." or "!" or "?" or "…" ? 2 : 1;
    }

    private static string SeenBefore(List<Piece> pieces, ref int i)
    {
        while (--i >= 0)
        {
            if (pieces[i].Seen.Length > 0) return pieces[i].Seen;
        }

        return "";
    }

    // Blank space at the start of a part is what a cut has left.
    private static int FirstSeen(List<Piece> pieces, int at)
    {
        while (at < pieces.Count && pieces[at].Seen is ("" or "\n" or " ")) at++;
        return at;
    }

    private static string Write(List<Piece> pieces, int from, int start, int end, List<string> open)
    {
        var text = new StringBuilder();
        foreach (var tag in open) text.Append('<').Append(tag).Append('>');
        for (var i = from; i < end; i++)
        {
            var piece = pieces[i];
            if (piece.Tag is not { } tag)
            {
                if (i >= start) text.Append(piece.Source);
            }
            else if (piece.IsEnd)
            {
                open.RemoveAt(open.Count - 1);
                text.Append("</").Append(tag).Append('>');
            }
            else
            {
                open.Add(tag);
                text.Append('<').Append(tag).Append('>');
            }
        }

        for (var i = open.Count - 1; i >= 0; i--) text.Append("</").Append(open[i]).Append('>');
        return text.ToString();
    }

    /// <summary>Reads it into tags, and characters with their source. Tags come out balanced.</summary>
    private static List<Piece> Read(string html)
    {
        var pieces = new List<Piece>(html.Length);
        var open = new Stack<string>();
        for (var at = 0; at < html.Length;)
        {
            if (html[at] == '<' && TagAt(html, at) is { } found)
            {
                at += found.Length;
                if (!found.IsEnd)
                {
                    open.Push(found.Name);
                    pieces.Add(new("", "", found.Name, IsEnd: false));
                }
                else if (open.Contains(found.Name))
                {
                    // Closes what was opened inside and left open.
                    string closed;
                    do pieces.Add(new("", "", closed = open.Pop(), IsEnd: true));
                    while (closed != found.Name);
                }

                continue;
            }

            var (source, seen) = CharacterAt(html, at);
            at += source.Length;
            pieces.Add(new(Escaped(source, seen), seen, Tag: null, IsEnd: false));
        }

        while (open.TryPop(out var left)) pieces.Add(new("", "", left, IsEnd: true));
        return pieces;
    }

    // An entity stays as it was written; anything else that would be read as HTML is escaped.
    private static string Escaped(string source, string seen) => source.Length > 1 && source[0] == '&' ? source : Escape(seen);

    private static (string Name, bool IsEnd, int Length)? TagAt(string html, int at)
    {
        var end = html.IndexOf('>', at);
        if (end < 0 || end - at > 8) return null;
        var isEnd = html[at + 1] == '/';
        var name = html[(at + (isEnd ? 2 : 1))..end];
        return Tags.Contains(name) ? (name, isEnd, end - at + 1) : null;
    }

    private static (string Source, string Seen) CharacterAt(string html, int at)
    {
        if (html[at] == '&' && html.IndexOf(';', at, Math.Min(10, html.Length - at)) is var end and > 0)
        {
            var source = html[at..(end + 1)];
            var seen = WebUtility.HtmlDecode(source);
            if (seen != source && seen.Length <= 2) return (source, seen);
        }

        var length = char.IsHighSurrogate(html[at]) && at + 1 < html.Length && char.IsLowSurrogate(html[at + 1]) ? 2 : 1;
        var text = html.Substring(at, length);
        return (text, text);
    }

    private readonly record struct Piece(string Source, string Seen, string? Tag, bool IsEnd);
}
