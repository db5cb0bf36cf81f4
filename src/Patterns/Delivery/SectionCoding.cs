using ZstdSharp;
using ZstdSharp.Unsafe;

namespace MediaSecurityLite.Patterns.Delivery;

/// <summary>
/// How sections travel: compressed with Zstandard (RFC 8878), alone or as a delta against another section, which then is the prefix
/// that matches may reach back into (what the <c>zstd</c> program calls <c>--patch-from</c>).
/// </summary>
public static unsafe class SectionCoding
{
    /// <summary>Compresses a section.</summary>
    /// <param name="section">What travels.</param>
    /// <param name="from">What the other side has; empty where it has nothing like it.</param>
    public static byte[] Compress(ReadOnlySpan<byte> section, ReadOnlySpan<byte> from)
    {
        var target = new byte[checked((int)Methods.ZSTD_compressBound((nuint)section.Length))];
        var context = Methods.ZSTD_createCCtx();
        try
        {
            Set(context, ZSTD_cParameter.ZSTD_c_compressionLevel, 12);
            Set(context, ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            if (!from.IsEmpty)
            {
                Set(context, ZSTD_cParameter.ZSTD_c_windowLog, WindowLog((long)section.Length + from.Length));
                Set(context, ZSTD_cParameter.ZSTD_c_enableLongDistanceMatching, 1);
            }

            fixed (byte* prefix = from, source = section, destination = target)
            {
                if (!from.IsEmpty)
                {
                    Check(Methods.ZSTD_CCtx_refPrefix(context, prefix, (nuint)from.Length));
                }

                var written = Check(Methods.ZSTD_compress2(context, destination, (nuint)target.Length, source, (nuint)section.Length));
                return target[..(int)written];
            }
        }
        finally
        {
            Methods.ZSTD_freeCCtx(context);
        }
    }

    /// <summary>Decompresses a section of a known length: whatever does not give exactly that many bytes is refused, and no more memory is used.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what they should be.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> coded, ReadOnlySpan<byte> from, int length)
    {
        var section = new byte[length];
        var context = Methods.ZSTD_createDCtx();
        try
        {
            fixed (byte* prefix = from, source = coded, destination = section)
            {
                if (!from.IsEmpty)
                {
                    Check(Methods.ZSTD_DCtx_refPrefix(context, prefix, (nuint)from.Length));
                }

                var written = Check(Methods.ZSTD_decompressDCtx(context, destination, (nuint)length, source, (nuint)coded.Length));
                return written == (nuint)length ? section : throw new InvalidDataException($"{written} bytes where {length} should be");
            }
        }
        catch (ZstdException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
        finally
        {
            Methods.ZSTD_freeDCtx(context);
        }
    }

    private static int WindowLog(long reach)
    {
        var log = 10;
        while (log < 31 && 1L << log < reach)
        {
            log++;
        }

        return Math.Min(log, 30);
    }

    private static void Set(ZSTD_CCtx_s* context, ZSTD_cParameter parameter, int value) =>
        Check(Methods.ZSTD_CCtx_setParameter(context, parameter, value));

    private static nuint Check(nuint result) => Methods.ZSTD_isError(result)
        ? throw new ZstdException(Methods.ZSTD_getErrorCode(result), Methods.ZSTD_getErrorName(result))
        : result;
}
