using System.Buffers.Text;
using System.Globalization;
using System.Text;
using FuturesBot.Domain.Market;

namespace FuturesBot.Local.Commands;

/// <summary>
/// Indicators side by side: a row per candle, a column per value. A value that is not there yet is an empty
/// field; the others are the shortest text that reads back the same.
/// </summary>
internal sealed class IndicatorTable
{
    private const int NumberCharsMax = 32;

    private readonly List<string> _columns = [];
    private readonly List<int> _values = [];   // of each column: where its value stands
    private readonly List<(Study Study, int From, int Count)> _studies = [];
    private readonly double[] _row;
    private readonly byte[] _line;

    public IndicatorTable(IEnumerable<AskedIndicator> asked)
    {
        var used = 0;
        var known = new Dictionary<(string Key, int Periods), int>();
        foreach (var one in asked)
        {
            if (!known.TryGetValue((one.Family.Key, one.Periods), out var from))
            {
                known[(one.Family.Key, one.Periods)] = from = used;
                _studies.Add((one.Family.Create(one.Periods), from, one.Family.Columns.Count));
                used += one.Family.Columns.Count;
            }

            foreach (var column in one.Columns)
            {
                var name = one.NameOf(column);
                if (_columns.Contains(name)) continue;
                _columns.Add(name);
                _values.Add(from + one.Family.Columns.ToList().IndexOf(column));
            }
        }

        _row = new double[used];
        _line = new byte[(_columns.Count + 1) * NumberCharsMax];
    }

    public IReadOnlyList<string> Columns => _columns;

    public void WriteHead(Stream output) =>
        output.Write(Encoding.ASCII.GetBytes("open_time," + string.Join(',', _columns) + "\n"));

    public void WriteRow(Stream output, in Candle bar)
    {
        foreach (var (study, from, count) in _studies) study(bar, _row.AsSpan(from, count));
        Utf8Formatter.TryFormat(bar.OpenTimeMs, _line, out var used);
        foreach (var at in _values)
        {
            _line[used++] = (byte)',';
            if (!double.IsFinite(_row[at])) continue;
            _row[at].TryFormat(_line.AsSpan(used), out var written, "R", CultureInfo.InvariantCulture);
            used += written;
        }

        _line[used++] = (byte)'\n';
        output.Write(_line.AsSpan(0, used));
    }
}
