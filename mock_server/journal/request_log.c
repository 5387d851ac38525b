#include "journal/request_log.h"

#include "base/text.h"
#include "journal/log_line.h"

void request_log_add(const struct request_log *log, const struct exchange *x)
{
    if (log->put == NULL)
        return;
    struct text line = TEXT_INIT(TEXT_UNBOUNDED);
    log_line_write(x, log->json ? LOG_JSON : LOG_TEXT, log->colours, &line);
    log->put(log->context, line.bytes, line.length);
    text_release(&line);
}
